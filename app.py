"""挂图 served from this folder: `python app.py` is `guatu serve`."""

from components.server import serve

if __name__ == "__main__":
    serve()
