"""Models behind OpenAI's Responses API, its own and those of the servers that speak it too.

The SDK is the extra `rlm-codebase[openai]`. It takes seconds to import, so no module here imports it at its top.
"""

from rlm_code.lm.openai.client import OpenAILM

__all__ = ["OpenAILM"]
