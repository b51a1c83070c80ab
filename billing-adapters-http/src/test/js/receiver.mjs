// A receiver of webhooks on a free port of this machine, which it prints. Verifies every message with the official library and
// the secret that is its argument: answers 204 if the message is genuine, else 401 and the reason. Ends with its input.
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.argv[2]);

const server = createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    try {
      webhook.verify(Buffer.concat(pieces), request.headers);
      response.writeHead(204).end();
    } catch (failure) {
      response.writeHead(401).end(String(failure.message));
    }
  });
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
