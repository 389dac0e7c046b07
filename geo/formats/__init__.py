"""Foreign files: a worker process reads them, the application checks every row itself."""
