import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { checkRequest } from "./check-request.ts";

function request(headers: IncomingHttpHeaders, method = "GET"): IncomingMessage {
  return { headers: { ...headers }, method } as IncomingMessage; // the two fields that are read
}

describe("the Host", () => {
  it.each(["localhost", "localhost:3000", "LocalHost:3000", "127.0.0.1", "127.0.0.1:3000", "[::1]", "[::1]:3000"])(
    "%s is this machine",
    (host) => {
      expect(checkRequest(request({ host }))).toBeNull();
    },
  );

  it.each([
    "example.com",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "127.0.0.2",
    "0.0.0.0",
    "[::1]example.com",
    "[::1]:3000.example.com",
    "[::2]",
    "[",
    "localhost:",
    "localhost:3000:3000",
    "localhost@example.com",
    " localhost",
    "localhost.",
    "",
  ])("%j is refused", (host) => {
    expect(checkRequest(request({ host }))).toMatchObject({ status: 421 });
  });

  it("must be there", () => {
    expect(checkRequest(request({}))).toMatchObject({ status: 421 });
  });
});

const host = "localhost:3000";

it.each(["GET", "HEAD", "POST", "PATCH", "DELETE"])("%s is let in", (method) => {
  expect(checkRequest(request({ host }, method))).toBeNull();
});

it.each(["PUT", "OPTIONS", "TRACE", "CONNECT", "get", ""])("method %j is refused", (method) => {
  expect(checkRequest(request({ host }, method))).toMatchObject({ status: 405 });
});

it("server actions are refused", () => {
  expect(checkRequest(request({ host, "next-action": "x" }, "POST"))).toMatchObject({ status: 400 });
});

it.each(["multipart/form-data; boundary=x", "Multipart/Form-Data"])("a body of %s is refused", (type) => {
  expect(checkRequest(request({ host, "content-type": type }, "POST"))).toMatchObject({ status: 415 });
});

it("removes the headers by which Next talks to itself, and no others", () => {
  const asked = request({
    host,
    "x-middleware-subrequest": "middleware",
    "x-nextjs-data": "1",
    "x-invoke-path": "/",
    "x-matched-path": "/",
    accept: "text/html",
    "x-request-id": "1",
  });
  expect(checkRequest(asked)).toBeNull();
  expect(Object.keys(asked.headers).sort()).toEqual(["accept", "host", "x-request-id"]);
});
