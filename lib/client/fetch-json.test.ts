import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ApiError } from "./api-error.ts";
import { fetchJson, fetchNothing, searchString } from "./fetch-json.ts";

const answers = new Map<string, { readonly status: number; readonly body: string }>([
  ["/good", { status: 200, body: '{"name":"a"}' }],
  ["/other-shape", { status: 200, body: '{"title":"a"}' }],
  ["/not-json", { status: 200, body: "<html>" }],
  ["/empty", { status: 204, body: "" }],
  [
    "/refused",
    {
      status: 409,
      body: '{"error":{"code":"conflict","message":"A scan is running.","hint":"Wait for it.","requestId":"r-1"}}',
    },
  ],
  ["/proxy-error", { status: 502, body: "<html>Bad gateway</html>" }],
]);
const schema = z.object({ name: z.string() });
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers.get(request.url ?? "") ?? { status: 500, body: "" };
    response.writeHead(answer.status, { "x-request-id": "r-header" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a listening TCP server has no other kind of address
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error("expected an ApiError");
}

describe("fetchJson", () => {
  it("gives the parsed body", async () => {
    expect(await fetchJson(schema, `${base}/good`)).toEqual({ name: "a" });
  });

  it.each([
    { name: "another shape", path: "/other-shape", status: 200, code: "bad_answer", requestId: "r-header" },
    { name: "an answer that is not JSON", path: "/not-json", status: 200, code: "bad_answer", requestId: "r-header" },
    { name: "an error of ours", path: "/refused", status: 409, code: "conflict", requestId: "r-1" },
    { name: "an error of a proxy", path: "/proxy-error", status: 502, code: "bad_answer", requestId: "r-header" },
  ])("reports $name", async ({ path, status, code, requestId }) => {
    const error = await failureOf(fetchJson(schema, base + path));
    expect({ status: error.status, code: error.code, requestId: error.requestId }).toEqual({ status, code, requestId });
  });

  it("keeps message and hint of the server", async () => {
    const error = await failureOf(fetchJson(schema, `${base}/refused`));
    expect([error.message, error.hint]).toEqual(["A scan is running.", "Wait for it."]);
  });

  it("reports a server that is not there as network, which may pass", async () => {
    const error = await failureOf(fetchJson(schema, "http://127.0.0.1:1/"));
    expect([error.code, error.status, error.mayPass]).toEqual(["network", 0, true]);
  });

  it("lets an abort through as it is", async () => {
    const error: unknown = await fetchJson(schema, `${base}/good`, { signal: AbortSignal.abort() }).catch(
      (reason: unknown) => reason,
    );
    expect(error).not.toBeInstanceOf(ApiError);
  });
});

describe("fetchNothing", () => {
  it("accepts an answer without a body", async () => {
    await expect(fetchNothing(`${base}/empty`)).resolves.toBeUndefined();
  });
});

describe("searchString", () => {
  it.each([
    { name: "nothing set", values: {}, text: "" },
    { name: "empty values are left out", values: { a: "", b: undefined, c: 2 }, text: "?c=2" },
    { name: "values are escaped", values: { a: "x&y=z" }, text: "?a=x%26y%3Dz" },
  ])("$name", ({ values, text }) => {
    expect(searchString(values)).toBe(text);
  });
});
