import type { Kysely, Transaction } from "kysely";
import type { JobKind, JobRecord, ScanRecord } from "./store.ts";

/** Ids are UUID v7 text, times epoch milliseconds, `*_json` JSON text. Columns stay within what SQLite and Postgres share. */
export interface StoreSchema {
  readonly clusters: {
    readonly id: string;
    readonly name: string;
    readonly source_json: string;
    readonly created_at: number;
  };
  readonly credentials: { readonly cluster_id: string; readonly sealed: string };
  readonly scans: {
    readonly id: string;
    readonly cluster_id: string;
    readonly sequence: number;
    readonly state: ScanRecord["state"];
    readonly started_at: number;
    readonly finished_at: number;
    readonly error_json: string | null;
    readonly critical_count: number | null;
    readonly high_count: number | null;
    readonly medium_count: number | null;
    readonly low_count: number | null;
    readonly summary: string | null;
  };
  /** Text stored once, found by its SHA-256 (base64url). */
  readonly chunks: {
    readonly hash: string;
    readonly encoding: "zstd";
    readonly size_bytes: number;
    readonly body: Uint8Array;
  };
  /** What a scan consists of, in order: `name` is the collection of an `objects` part and the name of a `result`. */
  readonly scan_parts: {
    readonly scan_id: string;
    readonly ordinal: number;
    readonly part: "header" | "objects" | "result";
    readonly name: string;
    readonly hash: string;
  };
  /** From the scan that first had a finding to the one that no longer has it. */
  readonly finding_lives: {
    readonly id: string;
    readonly cluster_id: string;
    readonly fingerprint: string;
    readonly first_seen_at: number;
    readonly opened_sequence: number;
    readonly closed_sequence: number | null;
  };
  /** What a finding said during a part of its life. */
  readonly finding_contents: {
    readonly life_id: string;
    readonly from_sequence: number;
    readonly to_sequence: number | null;
    readonly severity_rank: number;
    readonly hash: string;
    readonly finding_json: string;
    /** 0: carried over from an earlier scan. */
    readonly verified: number;
  };
  readonly jobs: {
    readonly id: string;
    readonly kind: JobKind;
    readonly cluster_id: string | null;
    readonly request: string | null;
    readonly state: JobRecord["state"];
    readonly attempt: number;
    readonly progress: string | null;
    readonly result: string | null;
    readonly error_json: string | null;
    readonly requested_at: number;
    readonly started_at: number | null;
    readonly finished_at: number | null;
    readonly lease_owner: string | null;
    readonly lease_until: number | null;
  };
  readonly documents: { readonly name: string; readonly json: string; readonly updated_at: number };
}

export type Database = Kysely<StoreSchema>;
/** A transaction that holds the write lock. */
export type Writer = Transaction<StoreSchema>;

/** Rows of one insert or values of one `in` list: far below every database's limit of parameters. */
const BATCH_SIZE = 400;

/** Consecutive slices that fit into one statement. */
export function* inBatches<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += BATCH_SIZE) yield values.slice(start, start + BATCH_SIZE);
}
