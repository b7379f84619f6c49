import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { escalationsIn } from "#lib/testing/build-escalations.ts";
import { ESCALATION_LINKS } from "./links/registry.ts";
import { ESCALATION_EDGES } from "./registry.ts";

const EDGES = new URL("edges/", import.meta.url);
const PAGES = new URL("../../../docs/reference/edges/", import.meta.url);
const { facts } = escalationsIn({}).result;

it("has every edge file once, under an id that is the name of the file", () => {
  const files = readdirSync(EDGES).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const named = ESCALATION_EDGES.map(({ id }) => `${id.toLowerCase().replaceAll("_", "-")}.ts`);
  expect([...named].sort()).toEqual(files.sort());
  expect(new Set(named).size).toBe(named.length);
});

it("is sorted by number of the primitive", () => {
  const numbers = ESCALATION_EDGES.map(({ primitive }) => Number(primitive.slice(1)));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

it("implies only edges that exist", () => {
  const ids = new Set(ESCALATION_EDGES.map(({ id }) => id));
  const implied = ESCALATION_EDGES.flatMap(({ implies }) => (implies === "all" ? [] : implies));
  expect(implied.filter((id) => !ids.has(id))).toEqual([]);
});

it("has a test beside each edge, a page for each edge and link, and no other page", () => {
  expect(
    readdirSync(PAGES)
      .filter((file) => file !== "README.md")
      .sort(),
  ).toEqual([...ESCALATION_EDGES, ...ESCALATION_LINKS].map(({ id }) => `${id}.md`).sort());
  for (const { id } of ESCALATION_EDGES) {
    expect(existsSync(new URL(`${id.toLowerCase().replaceAll("_", "-")}.test.ts`, EDGES))).toBe(true);
  }
});

describe.each(ESCALATION_EDGES.map((edge) => ({ id: edge.id, edge })))("$id", ({ id, edge }) => {
  it("has a page that names what the code names", () => {
    const page = readFileSync(new URL(`${id}.md`, PAGES), "utf8");
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    for (const text of [edge.primitive, edge.name, edge.technique, edge.source, edge.fix]) expect(page).toContain(text);
    for (const section of ["From", "To", "Needs", "Gives", "Severity", "Proof", "Fix", "Technique", "Source"]) {
      expect(page).toMatch(new RegExp(`^- \\*\\*${section}:\\*\\* \\S`, "m"));
    }
  });

  it("needs at least one right and tells every place in words", () => {
    expect(edge.needs(facts).length).toBeGreaterThan(0);
    for (const alternatives of edge.needs(facts)) expect(alternatives.length).toBeGreaterThan(0);
    for (const namespace of [null, "payments", "kube-system"]) {
      expect(edge.sentence({ namespace }, facts)).toMatch(/^(can|may) /);
      expect(Object.values(edge.target({ namespace }, facts)).every((text) => text !== "")).toBe(true);
    }
  });

  it("is told by its source and a technique", () => {
    expect(edge.source).toMatch(/^https:\/\/kubernetes\.io\/docs\//);
    expect(edge.technique).toMatch(/^T\d{4}(\.\d{3})?$/);
  });
});

describe.each(ESCALATION_LINKS.map((link) => ({ id: link.id, link })))("$id", ({ id, link }) => {
  it("has a page that names what the code names", () => {
    const page = readFileSync(new URL(`${id}.md`, PAGES), "utf8");
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    for (const text of [link.primitive ?? "", link.name, link.technique, link.source, link.fix, link.gives])
      expect(page).toContain(text);
    for (const section of ["From", "To", "Holds", "Gives", "Proof", "Fix", "Technique", "Source"]) {
      expect(page).toMatch(new RegExp(`^- \\*\\*${section}:\\*\\* \\S`, "m"));
    }
  });
});

it("covers the catalogue of primitives, each by an edge, a link or the marking of mass grants", () => {
  const covered = new Set([...ESCALATION_EDGES, ...ESCALATION_LINKS].map(({ primitive }) => primitive));
  const all = Array.from({ length: 78 }, (_, index) => `R${String(index + 1).padStart(2, "0")}`);
  // R36 and R77 aside, which have no edge of their own: see the page of POD_CONTROLLER_CREATE and the README.
  expect(all.filter((primitive) => !covered.has(primitive as `R${string}`))).toEqual(["R77"]);
});
