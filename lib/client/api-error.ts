import type { ErrorBody } from "../contracts/common.ts";

type ErrorDetail = ErrorBody["error"];

/** A failed request to our own API, with what the server said about it. Code `network` means that no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly position: ErrorDetail["position"];
  readonly requestId: string | null;

  constructor(status: number, detail: Omit<ErrorDetail, "requestId"> & { readonly requestId: string | null }) {
    super(detail.message);
    this.name = "ApiError";
    this.status = status;
    this.code = detail.code;
    this.hint = detail.hint;
    this.position = detail.position;
    this.requestId = detail.requestId;
  }

  /** Whether the same request may succeed a moment later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}
