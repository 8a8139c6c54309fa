"""Commands as an operator gives them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from unittest.mock import patch

from bff import __main__


def commanded(environment: Mapping[str, str], *words: str, alone: bool = False) -> subprocess.CompletedProcess[str]:
    """`python -m bff WORDS`; `alone`: in a process of its own, which takes seconds to read the house."""
    command = [sys.executable, "-m", "bff", *words]
    if alone:
        whole = {**os.environ, **environment}
        return subprocess.run(command, env=whole, capture_output=True, text=True, timeout=120, check=False)
    out, err = StringIO(), StringIO()
    with patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err), ThreadPoolExecutor(1) as pool:
        code = pool.submit(__main__.main, list(words)).result(120)
    return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())
