"""Claude through Anthropic's SDK: requests out, streamed replies in. Nothing else sees either's form.

The SDK takes seconds to import, so no module here imports it at its top.
"""

from rlm_code.lm.anthropic.client import AnthropicLM

__all__ = ["AnthropicLM"]
