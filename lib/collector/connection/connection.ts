/** Trust in the server: PEM texts, never file names. */
export interface ConnectionTls {
  /** PEM certificates of the authority; the system's when absent. */
  readonly ca?: string;
  /** Name to ask for and to check the certificate against, when it is not the host of the URL. */
  readonly servername?: string;
  /** False only when an operator's kubeconfig says `insecure-skip-tls-verify`. */
  readonly rejectUnauthorized: boolean;
}

/** What one request carries to show who asks. */
export interface RequestCredentials {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Client certificate and key, PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** An address that a host name was resolved to and that was checked. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Everything that is needed to talk to one API server, in plain values. */
export interface ClusterConnection {
  /** `https://host[:port][/path]` without a slash at the end; `http:` only from an operator's kubeconfig. */
  readonly server: string;
  /** Name of the kubeconfig context it was made from. */
  readonly context?: string;
  readonly tls: ConnectionTls;
  /** When set, connections go to these addresses and to no others, whatever the name resolves to later. */
  readonly addresses?: readonly CheckedAddress[];
  /**
   * Credentials for the next requests; reads rotated token files and runs exec plugins again when they have expired.
   * @throws AppError `credential_missing` when they cannot be had.
   */
  authorize(): Promise<RequestCredentials>;
}
