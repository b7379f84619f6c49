import type { CoverageReason } from "#lib/model/coverage.ts";
import type { JsonRecord } from "../project/values.ts";
import type { ApiAnswer } from "./api-client.ts";
import { fieldOf, isRecord, recordOf, textOf } from "../project/values.ts";
import { RequestFailure } from "./failure.ts";

const MAX_RESTARTS = 2;
/** Pages in a row that may be empty while the server says there is more. */
const MAX_EMPTY_PAGES = 3;

/** A page that is too large is asked for again with this part of its objects. */
const PAGE_SHRINK = 8;

/** How one list is read. */
export interface ListOptions {
  /** Path of the collection without query. */
  readonly path: string;
  readonly pageSize: number;
  readonly maxPages: number;
  readonly maxObjectBytes: number;
  /** Rejects with RequestFailure. `onBody` sees the bytes of the answer before they are parsed. */
  get(path: string, onBody: (bytes: Buffer) => void): Promise<ApiAnswer>;
  /** Takes one item; `invalid` items are counted by the caller. */
  onItem(item: JsonRecord): void;
  /** Forgets everything that was taken: the list starts again. */
  onRestart(): void;
  /** True when a budget of the whole scan is used up, with the reason. */
  overBudget(): CoverageReason | undefined;
}

/** How completely a list was read. */
export interface ListResult {
  /** Undefined when it was read to its end in one consistent state. */
  readonly problem?: RequestFailure;
  /** True when the first page came: objects that were taken are real, if not all. */
  readonly hasPages: boolean;
  readonly resourceVersion?: string;
  readonly tooLarge: number;
  readonly malformed: number;
}

/**
 * Reads one list page by page with `limit` and `continue`. When the token has expired (410) it starts again, twice at
 * most, and then goes on from the token in the answer; that, and a resource version that changes on the way, is
 * labelled `skew`. A page above the limit of bytes is asked for again in smaller pieces. A token that comes back or pages without end are `endless-list`.
 * Resolves for every failure except `unauthorized`, which rejects, and aborts.
 */
export async function listKind(options: ListOptions): Promise<ListResult> {
  const state = newState(options.pageSize);
  for (let restarts = 0; ;) {
    try {
      await readPages(options, state);
      return result(state, state.isSkewed ? new RequestFailure("skew") : undefined);
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.reason === "unauthorized") throw error;
      const isExpired = error.status === 410;
      if (error.reason === "byte-limit" && state.pageSize > 1 && options.overBudget() === undefined) {
        // Many large objects in one answer: the same page again, in smaller pieces.
        state.pageSize = Math.max(1, Math.floor(state.pageSize / PAGE_SHRINK));
      } else if (isExpired && restarts < MAX_RESTARTS) {
        restarts += 1;
        options.onRestart();
        Object.assign(state, newState(state.pageSize));
      } else if (isExpired && error.continueToken !== undefined && !state.tokens.has(error.continueToken)) {
        state.isSkewed = true;
        state.token = error.continueToken;
        state.tokens.add(error.continueToken);
      } else {
        return result(state, error);
      }
    }
  }
}

interface ListState {
  pageSize: number;
  token: string | undefined;
  tokens: Set<string>;
  pages: number;
  emptyPages: number;
  resourceVersion: string | undefined;
  isSkewed: boolean;
  tooLarge: number;
  malformed: number;
}

function newState(pageSize: number): ListState {
  return {
    pageSize,
    token: undefined,
    tokens: new Set(),
    pages: 0,
    emptyPages: 0,
    resourceVersion: undefined,
    isSkewed: false,
    tooLarge: 0,
    malformed: 0,
  };
}

function result(state: ListState, problem: RequestFailure | undefined): ListResult {
  const { resourceVersion, tooLarge, malformed, pages } = state;
  return {
    hasPages: pages > 0,
    tooLarge,
    malformed,
    ...(problem === undefined ? {} : { problem }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
}

/** A request for the page after the current one. */
interface NextPage {
  readonly token: string;
  readonly answer: Promise<ApiAnswer>;
}

/**
 * While a page is parsed and projected, the server already works on the next one: the token stands before the items,
 * so it is known as soon as the bytes are there. A failure is reported when the loop comes to that page.
 */
async function readPages(options: ListOptions, state: ListState): Promise<void> {
  let next: NextPage | undefined;
  const request = (token: string | undefined): Promise<ApiAnswer> => {
    const page = token === undefined ? "" : `&continue=${encodeURIComponent(token)}`;
    const answer = options.get(`${options.path}?limit=${state.pageSize}${page}`, (bytes) => {
      const ahead = peekToken(bytes);
      const isUseful = ahead !== undefined && !state.tokens.has(ahead) && state.pages + 1 < options.maxPages;
      if (isUseful && next?.token !== ahead && options.overBudget() === undefined) prefetch(ahead);
    });
    answer.catch(() => undefined);
    return answer;
  };
  const prefetch = (token: string): NextPage => (next = { token, answer: request(token) });

  for (let current: Promise<ApiAnswer> | undefined = request(state.token); current !== undefined;) {
    const page: ApiAnswer = await current;
    const items = readItems(page.body);
    const token = readPageState(page.body, items.length, state, options.maxPages);
    takeItems(items, page.hasLargeItem, options, state);
    const budget = options.overBudget();
    if (token !== undefined && budget !== undefined) throw new RequestFailure(budget);
    state.token = token;
    const ahead: NextPage | undefined = next;
    current = token === undefined ? undefined : (ahead?.token === token ? ahead : prefetch(token)).answer;
  }
}

/** Bytes at the start of a list that are searched for its token. */
const HEAD_BYTES = 16 * 1024;

/** The token of a list in the form the API server writes it: metadata before items. Undefined when there is none. */
function peekToken(bytes: Buffer): string | undefined {
  const items = bytes.subarray(0, HEAD_BYTES).indexOf('"items":[');
  if (items < 0) return undefined;
  return /"continue":"([^"\\]+)"/.exec(bytes.toString("utf8", 0, items))?.[1];
}

/** Items of a list answer; a body that is no list is a bad answer, never an empty list. */
function readItems(body: JsonRecord): readonly unknown[] {
  const items = fieldOf(body, "items");
  const kind = fieldOf(body, "kind");
  if (typeof kind !== "string" || !kind.endsWith("List"))
    throw new RequestFailure("bad-response", { detail: "not a list" });
  if (items === undefined && Object.hasOwn(body, "items")) return []; // null: what Go writes for an empty list
  if (!Array.isArray(items)) throw new RequestFailure("bad-response", { detail: "not a list" });
  return items;
}

/** Keeps book of a page; returns the token of the next one. */
function readPageState(body: JsonRecord, items: number, state: ListState, maxPages: number): string | undefined {
  const metadata = readMetadata(body);
  const resourceVersion = textOf(metadata, "resourceVersion");
  if (state.resourceVersion !== undefined && resourceVersion !== state.resourceVersion) state.isSkewed = true;
  state.resourceVersion ??= resourceVersion;
  state.pages += 1;
  state.emptyPages = items === 0 ? state.emptyPages + 1 : 0;
  const token = textOf(metadata, "continue");
  if (token === "") return undefined;
  if (state.tokens.has(token) || state.emptyPages > MAX_EMPTY_PAGES) throw new RequestFailure("endless-list");
  if (state.pages >= maxPages) throw new RequestFailure("page-limit");
  state.tokens.add(token);
  return token;
}

function readMetadata(body: JsonRecord): JsonRecord {
  try {
    const metadata = recordOf(body, "metadata");
    void textOf(metadata, "resourceVersion");
    void textOf(metadata, "continue");
    return metadata;
  } catch {
    throw new RequestFailure("bad-response", { detail: "list metadata" });
  }
}

function takeItems(items: readonly unknown[], hasLargeItem: boolean, options: ListOptions, state: ListState): void {
  for (const item of items) {
    if (!isRecord(item)) state.malformed += 1;
    else if (hasLargeItem && JSON.stringify(item).length > options.maxObjectBytes) state.tooLarge += 1;
    else options.onItem(item);
  }
}
