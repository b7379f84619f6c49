import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { bits, integer, octets, oid, pem, sequence, setOf, tagged, utcTime, utf8, yes } from "./der.ts";

const ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
const HOUR_MS = 3_600_000;

/** A key and what was made for it, both as PEM. */
export interface KeyedPem {
  readonly keyPem: string;
  readonly pem: string;
}

/** Makes a self-signed certificate authority, valid from an hour ago for ten years. */
export function createCertificateAuthority(commonName: string, now: Date): KeyedPem {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = distinguishedName([[COMMON_NAME, commonName]]);
  const notBefore = new Date(now.getTime() - HOUR_MS);
  const notAfter = new Date(now.getTime() + 10 * 365 * 24 * HOUR_MS);
  const isAuthority = sequence(oid("2.5.29.19"), yes(), octets(sequence(yes())));
  const signsCertificates = sequence(oid("2.5.29.15"), yes(), octets(bits(Buffer.from([0x06]), 1)));
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    name,
    publicKeyInfo(publicKey),
    tagged(3, sequence(isAuthority, signsCertificates)),
  );
  return { keyPem: keyPem(privateKey), pem: pem("CERTIFICATE", signed(body, privateKey)) };
}

/** Makes a certificate request as a user of a cluster writes it: common name = user, organizations = groups. */
export function createCertificateRequest(user: string, groups: readonly string[]): KeyedPem {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = distinguishedName([
    ...groups.map((group) => [ORGANIZATION, group] as const),
    [COMMON_NAME, user] as const,
  ]);
  const body = sequence(integer(Buffer.from([0])), name, publicKeyInfo(publicKey), tagged(0));
  return { keyPem: keyPem(privateKey), pem: pem("CERTIFICATE REQUEST", signed(body, privateKey)) };
}

function distinguishedName(parts: readonly (readonly [oid: string, value: string])[]): Buffer {
  return sequence(...parts.map(([type, value]) => setOf(sequence(oid(type), utf8(value)))));
}

function signed(body: Buffer, privateKey: KeyObject): Buffer {
  return sequence(body, ECDSA_WITH_SHA256, bits(sign("sha256", body, privateKey)));
}

const publicKeyInfo = (key: KeyObject): Buffer => key.export({ type: "spki", format: "der" });

// The controller manager reads the traditional form of an EC key.
const keyPem = (key: KeyObject): string => key.export({ type: "sec1", format: "pem" }).toString();
