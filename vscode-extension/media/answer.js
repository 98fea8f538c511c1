// The page of an answer: shows what the extension sends and says what was clicked. It holds no state of its own.
(() => {
  const vscode = acquireVsCodeApi();
  const page = document.getElementById("page");

  window.addEventListener("message", ({ data }) => {
    const opened = new Set([...page.querySelectorAll("details[open] > summary")].map((summary) => summary.innerText));
    page.innerHTML = data.html;
    for (const summary of page.querySelectorAll("details > summary")) {
      if (opened.has(summary.innerText)) summary.parentElement.open = true;
    }
  });

  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const { citation, path, line, cancel } = link.dataset;
    if (citation !== undefined) vscode.postMessage({ kind: "citation", number: Number(citation) });
    else if (path !== undefined) vscode.postMessage({ kind: "path", path, line: Number(line) });
    else if (cancel !== undefined) vscode.postMessage({ kind: "cancel" });
  });

  vscode.postMessage({ kind: "ready" });
})();
