"""One way in for both kinds of file: told apart by the name's ending, then by what is in them."""

from .csv_files import check_csv, read_csv
from .safety import check_workbook
from .sheet import read_sheet

ENDINGS = (".xlsx", ".csv")


def ending_of(name):
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""


def check_file(file, name):
    """Contents of the seekable binary `file`, left at its start. Raises UnsafeFile."""
    return check_csv(file) if ending_of(name) == ".csv" else check_workbook(file)


def read_file(file, name, tell=lambda count: None):
    """Reading of a checked file; `tell` hears now and then how many rows are read. Raises UnreadableFile."""
    return read_csv(file, tell) if ending_of(name) == ".csv" else read_sheet(file, tell)
