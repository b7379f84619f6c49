import { describe, expect, it } from "vitest";
import { addressPolicy } from "./address-policy.ts";

describe("addressPolicy", () => {
  it.each([
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["0.0.0.0", "unspecified"],
    ["0.1.2.3", "unspecified"],
    ["169.254.169.254", "link-local"],
    ["169.254.170.2", "link-local"],
    ["100.100.100.200", "metadata"],
    ["168.63.129.16", "metadata"],
    ["224.0.0.1", "multicast"],
    ["255.255.255.255", "multicast"],
    ["240.0.0.1", "reserved"],
    ["192.0.2.1", "reserved"],
    ["::1", "loopback"],
    ["::", "unspecified"],
    ["0:0:0:0:0:0:0:1", "loopback"],
    ["fe80::1", "link-local"],
    ["fe80::1%eth0", "link-local"],
    ["ff02::1", "multicast"],
    ["fd00:ec2::254", "metadata"],
    ["2001:db8::1", "reserved"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["::ffff:169.254.169.254", "link-local"],
    ["::ffff:0:7f00:1", "loopback"],
    ["::127.0.0.1", "loopback"],
    ["64:ff9b::7f00:1", "loopback"],
    ["64:ff9b::a9fe:a9fe", "link-local"],
    ["64:ff9b:1::a9fe:a9fe", "link-local"],
    ["2002:7f00:1::", "loopback"],
    ["2002:a9fe:a9fe::1", "link-local"],
    ["2001:0:1:2:3:4:80ff:fffe", "loopback"],
    ["[::1]", "loopback"],
    ["localhost", "invalid"],
    ["127.1", "invalid"],
    ["2130706433", "invalid"],
    ["0x7f.0.0.1", "invalid"],
    ["0177.0.0.1", "invalid"],
    ["127.0.0.1.", "invalid"],
    ["", "invalid"],
  ])("refuses %s as %s", (address, reason) => {
    expect(addressPolicy([]).refuse(address)).toBe(reason);
  });

  it.each([
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "100.64.0.1",
    "8.8.8.8",
    "fd12::1",
    "2606:4700::1111",
    "64:ff9b::808:808",
  ])("allows %s", (address) => {
    expect(addressPolicy([]).refuse(address)).toBeUndefined();
  });

  it.each([
    { networks: ["127.0.0.0/8"], address: "127.0.0.1", allowed: true },
    { networks: ["127.0.0.1"], address: "127.0.0.1", allowed: true },
    { networks: ["127.0.0.1"], address: "127.0.0.2", allowed: false },
    { networks: ["127.0.0.0/8"], address: "::ffff:127.0.0.1", allowed: true },
    { networks: ["::1/128"], address: "::1", allowed: true },
    { networks: ["::1/128"], address: "127.0.0.1", allowed: false },
    { networks: ["0.0.0.0/0"], address: "169.254.169.254", allowed: true },
    { networks: ["10.0.0.0/8"], address: "169.254.169.254", allowed: false },
  ])("with $networks allowed, $address is allowed: $allowed", ({ networks, address, allowed }) => {
    expect(addressPolicy(networks).refuse(address) === undefined).toBe(allowed);
  });

  it("names an entry that is not a network", () => {
    expect(() => addressPolicy(["10.0.0.0/99"])).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});
