"""Reading foreign files: a worker process reads, the application maps the columns and checks every row itself."""
