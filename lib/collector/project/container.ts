import type { Container, DataReference, EnvironmentVariable } from "#lib/model/pod.ts";
import type { Json } from "#lib/model/metadata.ts";
import type { JsonRecord } from "./values.ts";
import { knownBinary, readFlags } from "./control-plane-flags.ts";
import { textPairs } from "./metadata.ts";
import {
  fieldOf,
  isRecord,
  jsonOf,
  optionalBoolean,
  optionalInteger,
  optionalRecord,
  optionalText,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from "./values.ts";

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const HANDLERS = ["postStart", "preStop"] as const;
const NO_WORDS: readonly string[] = [];

/**
 * A container without anything that may hold a secret: environment values, arguments (except allow-listed flags of
 * control plane binaries) and probe commands are never looked at.
 */
export function projectContainer(kind: Container["kind"], container: JsonRecord): Container {
  const words = commandWords(container);
  const binary = knownBinary(words);
  return {
    kind,
    name: textOf(container, "name"),
    image: textOf(container, "image"),
    ...optional("imagePullPolicy", optionalText(container, "imagePullPolicy")),
    ...optional("restartPolicy", optionalText(container, "restartPolicy")),
    ...optional("securityContext", securityContext(container)),
    ports: recordsOf(container, "ports").map(projectPort),
    environment: recordsOf(container, "env").map(projectVariable),
    environmentFrom: recordsOf(container, "envFrom").flatMap(projectEnvironmentSource),
    volumeMounts: recordsOf(container, "volumeMounts").map((mount) => ({
      name: textOf(mount, "name"),
      mountPath: textOf(mount, "mountPath"),
      ...optional("subPath", optionalText(mount, "subPath")),
      readOnly: optionalBoolean(mount, "readOnly") ?? false,
    })),
    volumeDevices: recordsOf(container, "volumeDevices").map((device) => textOf(device, "name")),
    probeHosts: probeHosts(container),
    resources: projectResources(recordOf(container, "resources")),
    ...optional("binary", binary),
    flags: binary === undefined ? [] : readFlags(words),
  };
}

/** `{ [key]: value }`, or nothing when the value is undefined, so that absent fields stay absent. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [name in K]?: V } {
  // A computed key widens to string; the object has exactly the key K.
  return value === undefined ? {} : ({ [key]: value } as { readonly [name in K]: V });
}

/** The raw security context: Pod Security reads it as the API server does. Undefined when absent. */
export function securityContext(owner: JsonRecord): Json | undefined {
  const context = optionalRecord(owner, "securityContext");
  return context === undefined ? undefined : jsonOf(context, "securityContext");
}

function commandWords(container: JsonRecord): readonly string[] {
  const hasCommand = Array.isArray(fieldOf(container, "command")) || Array.isArray(fieldOf(container, "args"));
  if (!hasCommand) return NO_WORDS;
  return [...textsOf(container, "command"), ...textsOf(container, "args")].flatMap((word) =>
    // `sh -c "exec kube-apiserver --flag …"`: the shell's words are the words of the command.
    word.includes(" ") && !word.startsWith("-") ? word.split(/\s+/) : [word],
  );
}

function projectPort(port: JsonRecord): Container["ports"][number] {
  return {
    ...optional("name", optionalText(port, "name")),
    // 0 as the API server decodes a missing number; no connection can match it.
    containerPort: optionalInteger(port, "containerPort") ?? 0,
    ...optional("hostPort", optionalInteger(port, "hostPort")),
    ...optional("hostIP", optionalText(port, "hostIP")),
    protocol: optionalText(port, "protocol") ?? "TCP",
  };
}

function projectVariable(variable: JsonRecord): EnvironmentVariable {
  return { name: textOf(variable, "name"), source: variableSource(recordOf(variable, "valueFrom")) };
}

function variableSource(source: JsonRecord): EnvironmentVariable["source"] {
  const secret = optionalRecord(source, "secretKeyRef");
  if (secret !== undefined) return { kind: "Secret", name: textOf(secret, "name"), key: textOf(secret, "key") };
  const configMap = optionalRecord(source, "configMapKeyRef");
  if (configMap !== undefined) {
    return { kind: "ConfigMap", name: textOf(configMap, "name"), key: textOf(configMap, "key") };
  }
  if (fieldOf(source, "fieldRef") !== undefined) return "field";
  if (fieldOf(source, "resourceFieldRef") !== undefined) return "resource";
  if (fieldOf(source, "fileKeyRef") !== undefined) return "file";
  return "literal";
}

function projectEnvironmentSource(source: JsonRecord): readonly DataReference[] {
  const references: DataReference[] = [];
  const secret = optionalRecord(source, "secretRef");
  if (secret !== undefined) references.push({ kind: "Secret", name: textOf(secret, "name") });
  const configMap = optionalRecord(source, "configMapRef");
  if (configMap !== undefined) references.push({ kind: "ConfigMap", name: textOf(configMap, "name") });
  return references;
}

/** Hosts in probes and lifecycle handlers, with field paths below the container, in the order of Pod Security's check. */
function probeHosts(container: JsonRecord): Container["probeHosts"] {
  const lifecycle = recordOf(container, "lifecycle");
  const places = [
    ...PROBES.map((name) => [name, optionalRecord(container, name)] as const),
    ...HANDLERS.map((name) => [`lifecycle.${name}`, optionalRecord(lifecycle, name)] as const),
  ];
  return places.flatMap(([path, handler]) =>
    (["httpGet", "tcpSocket"] as const).flatMap((action) => {
      const host = handler === undefined ? undefined : optionalText(recordOf(handler, action), "host");
      return host === undefined ? [] : [{ path: `${path}.${action}.host`, host }];
    }),
  );
}

function projectResources(resources: JsonRecord): Container["resources"] {
  return {
    requests: quantities(recordOf(resources, "requests")),
    limits: quantities(recordOf(resources, "limits")),
    claims: recordsOf(resources, "claims").map((claim) => textOf(claim, "name")),
  };
}

/** Quantities may be written as numbers (`cpu: 1`); they become text. */
function quantities(record: JsonRecord): Container["resources"]["requests"] {
  if (!isRecord(record)) return [];
  const texts = Object.entries(record).map(
    ([key, value]) => [key, typeof value === "number" ? String(value) : value] as const,
  );
  return textPairs(Object.fromEntries(texts), "resources");
}
