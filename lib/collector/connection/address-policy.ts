import ipaddr from "ipaddr.js";
import { AppError } from "#lib/model/app-error.ts";

/** Decides which addresses Kordon may connect to for a cluster that somebody entered. */
export interface AddressPolicy {
  /** Undefined when allowed, else why not. The text must be an IP address; anything else is `invalid`. */
  refuse(address: string): BlockReason | undefined;
}

/** Why an address is refused. */
export type BlockReason = "invalid" | "loopback" | "link-local" | "metadata" | "unspecified" | "multicast" | "reserved";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Services of cloud machines that hand out credentials and do not lie in link-local space. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
  "100.100.100.200", // Alibaba Cloud
  "168.63.129.16", // Azure
  "192.0.0.192", // Oracle Cloud
  "fd00:ec2::254", // AWS
  "fd20:ce::254", // Google Cloud
]);

/** IPv6 forms that hold an IPv4 address, with the place of its four bytes; `inverted` as Teredo writes it. */
const EMBEDDED_IPV4: readonly { readonly network: Network; readonly offset: number; readonly inverted?: boolean }[] = [
  { network: parseIPv6Network("::ffff:0:0/96"), offset: 12 }, // mapped
  { network: parseIPv6Network("::ffff:0:0:0/96"), offset: 12 }, // translated
  { network: parseIPv6Network("::/96"), offset: 12 }, // compatible, deprecated
  { network: parseIPv6Network("64:ff9b::/96"), offset: 12 }, // NAT64
  { network: parseIPv6Network("64:ff9b:1::/48"), offset: 12 }, // NAT64, local use
  { network: parseIPv6Network("2002::/16"), offset: 2 }, // 6to4
  { network: parseIPv6Network("2001::/32"), offset: 12, inverted: true }, // Teredo
];

/**
 * Blocks loopback, link-local and cloud metadata, unspecified, multicast and reserved addresses, also where an IPv6
 * address carries such an IPv4 one. Private networks are allowed: clusters live there.
 * @param allowedNetworks  CIDRs or single addresses that are allowed nevertheless, e.g. `127.0.0.0/8`.
 * @throws AppError `invalid_input` when an entry is not a network.
 */
export function addressPolicy(allowedNetworks: readonly string[]): AddressPolicy {
  const networks = allowedNetworks.map(parseNetwork);
  const isAllowed = (address: Address): boolean =>
    networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
  return {
    refuse(text) {
      const address = parseAddress(text);
      if (address === null) return "invalid";
      if (isAllowed(address)) return undefined;
      for (const form of addressForms(address)) {
        if (form !== address && isAllowed(form)) return undefined;
      }
      for (const form of addressForms(address)) {
        const reason = blockReason(form);
        if (reason !== undefined) return reason;
      }
      return undefined;
    },
  };
}

/** The address itself and every IPv4 address it carries. */
function addressForms(address: Address): readonly Address[] {
  if (address.kind() === "ipv4") return [address];
  const bytes = address.toByteArray();
  const embedded = EMBEDDED_IPV4.filter(({ network }) => address.match(network[0], network[1])).map(
    ({ offset, inverted }) =>
      ipaddr.fromByteArray(bytes.slice(offset, offset + 4).map((byte) => (inverted ? byte ^ 0xff : byte))),
  );
  // `::` and `::1` lie in the deprecated compatible range; they are judged as what they are.
  const isPlain = address.range() === "unspecified" || address.range() === "loopback";
  return isPlain ? [address] : [address, ...embedded];
}

function blockReason(address: Address): BlockReason | undefined {
  if (METADATA_ADDRESSES.has(address.toString())) return "metadata";
  switch (address.range()) {
    case "loopback":
      return "loopback";
    case "linkLocal":
      return "link-local";
    case "unspecified":
      return "unspecified";
    case "multicast":
    case "broadcast":
      return "multicast";
    case "reserved":
    case "benchmarking":
    case "orchid2":
    case "droneRemoteIdProtocolEntityTags":
      return "reserved";
    default:
      return undefined;
  }
}

function parseAddress(text: string): Address | null {
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  // Only the four-part decimal form: octal, hexadecimal and short forms mean different hosts to different programs.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : null;
}

function parseNetwork(text: string): Network {
  try {
    if (text.includes("/")) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch (cause) {
    throw new AppError("invalid_input", `${JSON.stringify(text)} is not a network.`, {
      hint: "Write it as 10.0.0.0/8 or fd00::/8.",
      cause,
    });
  }
}

function parseIPv6Network(text: string): Network {
  return ipaddr.IPv6.parseCIDR(text);
}
