// What the desk asks of the server. Every answer is {ok, status, body}; nothing here throws.

const base = document.body.dataset.base;

// Read anew each time: whoever signs in again in another tab gets another one.
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    return refused(0, "The server cannot be reached. Nothing typed here is lost; try again in a moment.");
  }
  if (response.redirected || response.status === 403) {
    return refused(403, "You are signed out, or may not log. Sign in again in another tab; this page keeps what you typed.");
  }
  const isJson = (response.headers.get("content-type") || "").includes("json");
  const body = isJson ? await response.json() : { message: `The server answered ${response.status}.` };
  return { ok: response.ok, status: response.status, body };
}

const refused = (status, message) => ({ ok: false, status, body: { message } });

export const get = (path) => ask(base + path);

export async function post(path, data = {}) {
  const body = data instanceof FormData ? data : new FormData();
  if (body !== data) for (const [name, value] of Object.entries(data)) body.set(name, value);
  const where = path.startsWith("/") ? path : base + path;
  // Kept alive: a decision is not lost with the page it was made on.
  const send = () => ask(where, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": token() } });
  const answer = await send();
  return answer.status === 403 ? send() : answer;
}
