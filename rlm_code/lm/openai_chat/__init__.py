"""Models behind Chat Completions: what Ollama, vLLM, llama.cpp, LM Studio, OpenRouter and many others serve.

Through OpenAI's SDK, which is the extra `rlm-codebase[openai]`; OPENAI_BASE_URL says where. These servers agree on
the dialect and not on its edges, so each module here says which server does what.
"""

from rlm_code.lm.openai_chat.client import ChatLM

__all__ = ["ChatLM"]
