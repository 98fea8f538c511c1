"""The recursion: a question goes in, a model explores the repository with code, a verified answer comes out.

What features and front ends use:

    from rlm_code.rlm.task import Limits, Task      what to answer, with what, within which limits
    from rlm_code.rlm.loop import run               async run(task, on_event=…) -> Answer
    from rlm_code.rlm.answer import Answer          the public JSON
    from rlm_code.rlm.events import Event           what `on_event` is told while a run is under way

    answer = asyncio.run(run(Task(question, snapshot, queries, lm, open_sandbox, limits=Limits(cost_usd=0.5))))

`run` returns an `Answer` whatever happens once it has started: `complete`, `partial` or `failed`, with the
reason. It raises only before the first model call: ConfigError for a task that cannot be run as asked (a
limit in dollars and a model of unknown price), SandboxError if model-written code cannot be confined here.

Cancelling the asyncio task that awaits `run` (Ctrl-C under `asyncio.run` does) stops the cell, the sub-calls
and the worker process, and the task *returns* the partial answer; a second cancellation while it winds down
raises CancelledError. From another thread: `loop.call_soon_threadsafe(task.cancel)`.

    loop         the algorithm, in one sitting          run          what the sessions of a run share; the answer
    single       one request in place of all that       evidence     the text that it is shown
    conversation the turns of one model                 transcript   its messages, which grow at their end
    compaction   what is not forgotten of them          prompt       what models are told
    cells        the sandbox, driven from the loop      methods      what a cell may call on the host
    calls        requests, admitted and settled         subcalls     llm_query_batched
    budget       the ledger of money, tokens, time      children     rlm_query_batched
    submission   what stands of what is submitted       citations    what a citation must hold up to
    coverage     which files were looked at, by whom    observation  what the model is shown of a cell
    events       what happens, for front ends           trajectory   the run's file, made of the same events
    task         what is asked, and its limits          cache        replies to sub-queries that outlive a run
"""
