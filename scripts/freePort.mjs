// SPDX-License-Identifier: GPL-2.0-only
import { once } from "node:events";
import { createServer } from "node:net";

/** A port of 127.0.0.1 that nobody uses now, so that two checkouts can be tested at once. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port on 127.0.0.1");
  return address.port;
}
