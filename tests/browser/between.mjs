// A server between the browser and ours that can lose replies or forge them, as networks, portals and proxies do.
// What it leaves alone goes through unchanged, both ways.

import { createServer, request as ask } from "node:http";

/**
 * Starts it before `server`. `meddle` may be replaced at any time: it is called with each request (method, path) and a
 * function that gives the real reply; it returns a reply { status, headers, body }, or nothing to break the connection.
 *
 * @returns {Promise<{url: string, meddle: Function, posts: {key: string, body: string}[], stop: () => Promise<void>}>}
 *   `posts` are the submissions that arrived here.
 */
export async function startBetween(server) {
  const between = { meddle: (_request, truth) => truth(), posts: [] };
  const forward = (request, body) =>
    new Promise((done, fail) => {
      const options = { port: server.port, path: request.url, method: request.method, headers: request.headers };
      const asked = ask(options, (reply) => {
        const chunks = [];
        reply.on("data", (chunk) => chunks.push(chunk));
        reply.on("end", () => done({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(chunks) }));
        reply.on("error", fail);
      });
      asked.on("error", fail);
      asked.end(body);
    });
  const listener = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isPost = request.method === "POST" && request.url.endsWith("/assessments");
    if (isPost) between.posts.push({ key: request.headers["idempotency-key"], body: body.toString("utf8") });
    const truth = () => forward(request, body);
    const reply = await (isPost ? between.meddle(request, truth) : truth()).catch(() => undefined);
    if (!reply) return request.socket.destroy();
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
  });
  await new Promise((done) => listener.listen(0, "127.0.0.1", done));
  between.url = `http://127.0.0.1:${listener.address().port}/`;
  between.stop = () =>
    new Promise((done) => {
      listener.close(done);
      listener.closeAllConnections();
    });
  return between;
}
