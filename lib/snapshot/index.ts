export type { EncodedChunk, EncodedSnapshot } from "./encode.ts";
export { decodeSnapshot } from "./decode.ts";
export { encodeSnapshot } from "./encode.ts";
export { readSnapshotFile, writeSnapshotFile } from "./snapshot-file.ts";
