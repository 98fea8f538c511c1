-- Does in a headless Neovim what a person does with the language server, and writes what came of it as JSON.
-- Environment: SERVER (the command), SHOP (the folder), RESULTS (the file to write), ASK ("cancel" to cancel it).

local root, patience_ms = vim.env.SHOP, 60000
local results = { output = {} }

local function wait(what, condition)
  if not vim.wait(patience_ms, condition, 20) then
    error("waited in vain for " .. what)
  end
end

local function connect()
  local id = vim.lsp.start_client({
    cmd = { vim.env.SERVER },
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = "shop" } },
    handlers = {
      ["rlmCode/output"] = function(_, params)
        table.insert(results.output, params)
      end,
    },
  })
  local client = vim.lsp.get_client_by_id(id)
  wait("the server", function() return client.initialized end)
  return client
end

local function open(client, path, line, column)
  vim.cmd("edit " .. root .. "/" .. path)
  vim.lsp.buf_attach_client(0, client.id)
  vim.api.nvim_win_set_cursor(0, { line, column })
end

local function place()
  local cursor = vim.api.nvim_win_get_cursor(0)
  return { vim.api.nvim_buf_get_name(0), cursor[1], cursor[2] }
end

local function definition(client)
  open(client, "pkg/shop.py", 6, 28)
  vim.lsp.buf.definition()
  wait("the definition", function() return vim.fn.expand("%:t") == "payments.py" end)
  results.definition = place()
end

local function references(client)
  open(client, "pkg/payments.py", 12, 4)
  vim.lsp.buf.references({ includeDeclaration = false })
  wait("the references", function() return #vim.fn.getqflist() > 0 end)
  results.references = vim.tbl_map(function(item)
    return { vim.fn.bufname(item.bufnr), item.lnum, item.col }
  end, vim.fn.getqflist())
  vim.cmd("cclose")
end

local function callers(client)
  open(client, "pkg/payments.py", 12, 4)
  vim.fn.setqflist({})
  vim.lsp.buf.incoming_calls()
  wait("the callers", function() return #vim.fn.getqflist() > 0 end)
  results.callers = vim.tbl_map(function(item) return item.text end, vim.fn.getqflist())
  vim.cmd("cclose")
end

local function implementation(client)
  open(client, "pkg/payments.py", 4, 6)
  vim.lsp.buf.implementation()
  wait("the implementation", function() return vim.fn.expand("%:t") == "gift.py" end)
  results.implementation = place()
end

local function hover(client)
  open(client, "pkg/shop.py", 6, 28)
  local windows = #vim.api.nvim_list_wins()
  vim.lsp.buf.hover()
  wait("the hover", function() return #vim.api.nvim_list_wins() > windows end)
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      results.hover = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
    end
  end
end

local function unsaved(client)
  open(client, "pkg/retry.py", 1, 0)
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { "def written_now():", "    pass", "" })
  local buffer = vim.api.nvim_get_current_buf()
  local answer = client.request_sync("workspace/symbol", { query = "written_now" }, patience_ms, buffer)
  results.unsaved = answer.result[1].name
end

local function ask(client)
  local done
  local params = { question = "Who calls charge_card?", outputToken = "ask" }
  local _, request = client.request("rlmCode/ask", params, function(err, answer)
    done = { error = err, answer = answer }
  end, 0)
  if vim.env.ASK == "cancel" then
    wait("the run to begin", function()
      return #vim.tbl_filter(function(output) return output.kind == "turn" end, results.output) > 0
    end)
    client.cancel_request(request)
  end
  wait("the answer", function() return done ~= nil end)
  results.ask = done
end

local function run()
  local client = connect()
  if vim.env.ASK ~= "cancel" then
    definition(client)
    references(client)
    callers(client)
    implementation(client)
    hover(client)
    unsaved(client)
  end
  ask(client)
  client.stop()
  wait("the server to end", function() return client.is_stopped() end)
end

local ok, problem = pcall(run)
results.problem = not ok and tostring(problem) or nil
local file = assert(io.open(vim.env.RESULTS, "w"))
file:write(vim.fn.json_encode(results))
file:close()
vim.cmd("qall!")
