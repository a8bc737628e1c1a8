"""Processes that do not outlive the one that started them."""

import multiprocessing
import os
import signal
import threading
from multiprocessing.process import BaseProcess


def work_for() -> None:
    """Has this process end with its parent, however that ended, and at SIGTERM without a word."""
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    follow(signal.SIGKILL)


def follow(number: signal.Signals) -> None:
    """Has this process end, by this signal, once its parent is no more."""
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_wait, args=(parent, number), daemon=True).start()


def _wait(parent: BaseProcess, number: signal.Signals) -> None:
    parent.join()
    os.kill(os.getpid(), number)
