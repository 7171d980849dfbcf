"""The side of reading that runs in the limited child process; imports nothing of ours from outside."""
