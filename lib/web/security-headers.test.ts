import { expect, it } from "vitest";
import { contentSecurityPolicy, SECURITY_HEADERS } from "./security-headers.ts";

it("allows scripts by nonce alone, no frames, no plug-ins, nothing from elsewhere", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe-inline/);
});

it("loosens only the development server", () => {
  expect(contentSecurityPolicy("abc", true)).toContain("'unsafe-eval'");
});

it("sets each header once", () => {
  const names = SECURITY_HEADERS.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Map(SECURITY_HEADERS).get("x-content-type-options")).toBe("nosniff");
});
