"""挂图 served from this folder: `python app.py` is `guatu serve`."""

from data.cli import app

if __name__ == "__main__":
    app(["serve"], prog_name="guatu")
