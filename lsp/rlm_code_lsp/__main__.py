"""`python -P -m rlm_code_lsp`; without -P, the folder one stands in would come before installed packages."""

import sys

from rlm_code_lsp.server import main

sys.exit(main())
