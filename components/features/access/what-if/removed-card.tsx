import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { objectHref } from "#components/ui/object-key.ts";
import { ObjectName } from "#components/ui/object-name.tsx";
import { plural } from "#components/ui/plural.ts";
import { subjectHref } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { bindingsQuery, rolesQuery, subjectsQuery } from "#lib/client/queries/access.ts";
import { bindingsQuerySchema, rolesQuerySchema, subjectsQuerySchema } from "#lib/contracts/access.ts";
import { formatRemovedObject, parseRemovedObject } from "#lib/contracts/removed-object.ts";
import type { RemovedObject } from "#lib/contracts/what-if.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import type { WhatIfState } from "./use-what-if.ts";

const SUGGESTED = 10;

export type RemovedCardProps = { readonly clusterId: string; readonly state: WhatIfState };

/** What is thought away: found by name, listed, and taken from the list again. */
export function RemovedCard({ clusterId, state }: RemovedCardProps) {
  const { removed, ignored, dropRemoved } = state;
  return (
    <Card title="Taken away" completeness={removed.length > 0 && plural(removed.length, "object")}>
      <div className="flex flex-col gap-3 p-3.5">
        <ObjectPicker clusterId={clusterId} isFull={state.isFull} onPick={state.addRemoved} />
        {ignored.length > 0 && (
          <Callout tone="medium" title="Part of the address was not understood and is left out">
            <ul className="font-mono text-sm">
              {ignored.slice(0, 5).map((entry, index) => (
                <li key={index} className="[overflow-wrap:anywhere]">
                  {entry === "" ? "an empty entry" : <VisibleText text={entry.slice(0, 200)} />}
                </li>
              ))}
              {ignored.length > 5 && <li>and {(ignored.length - 5).toLocaleString("en")} more</li>}
            </ul>
          </Callout>
        )}
        {removed.length === 0 ? (
          <p className="text-sm text-ink-3">Nothing is taken away.</p>
        ) : (
          <ul aria-label="Objects taken away" className="divide-y divide-line rounded-r2 border border-line">
            {removed.map((object) => (
              <li key={formatRemovedObject(object)} className="flex min-h-9 items-center gap-2 py-1 pr-1 pl-3">
                <span className="min-w-0 flex-1">
                  <ObjectName {...object} href={hrefOf(clusterId, object)} wrap />
                </span>
                <IconButton
                  label={`Keep ${toVisibleText(`${object.kind} ${object.name}`)}`}
                  onClick={() => dropRemoved(object)}
                >
                  <X />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function hrefOf(clusterId: string, { kind, namespace, name }: RemovedObject): string {
  if (kind === "ServiceAccount")
    return subjectHref(clusterId, { kind, name, ...(namespace === undefined ? {} : { namespace }) });
  return objectHref(clusterId, { kind, namespace, name });
}

type ObjectPickerProps = {
  readonly clusterId: string;
  readonly isFull: boolean;
  readonly onPick: (object: RemovedObject) => void;
};

function ObjectPicker({ clusterId, isFull, onPick }: ObjectPickerProps) {
  const [value, setValue] = useState("");
  const [refused, setRefused] = useState(false);
  const errorId = useId();
  const options = useSuggestions(clusterId, value);
  return (
    <form
      data-print="hide"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = value.trim();
        const object = parseRemovedObject(typed) ?? parseRemovedObject(options.length === 1 ? (options[0] ?? "") : "");
        setRefused(object === null);
        if (!object) return;
        onPick(object);
        setValue("");
      }}
    >
      <div className="flex items-end gap-2">
        <Combobox
          label="Role, binding or service account"
          mono
          prefiltered
          value={value}
          onValueChange={(next) => {
            setValue(next);
            setRefused(false);
          }}
          options={options}
          placeholder="Find by name"
          className="min-w-0 flex-1"
        />
        <Button type="submit" disabled={value.trim() === "" || isFull} aria-describedby={refused ? errorId : undefined}>
          Take away
        </Button>
      </div>
      <p id={errorId} role="status" className="text-sm text-critical">
        {refused && (
          <span className="mt-1 block">
            Choose one from the list, or write it out: ClusterRoleBinding/name, RoleBinding/namespace/name.
          </span>
        )}
      </p>
    </form>
  );
}

/** Objects of the cluster whose name or namespace holds the text, as `parseRemovedObject` reads them: bindings, roles, service accounts. */
function useSuggestions(clusterId: string, text: string): readonly string[] {
  const chosen = parseRemovedObject(text.trim());
  const search = (chosen ? `${chosen.namespace ?? ""} ${chosen.name}` : text).trim().slice(0, 300);
  const page = { search, pageSize: SUGGESTED, sort: "name", order: "asc" } as const;
  const enabled = search !== "";
  const bindings = useQuery({ ...bindingsQuery(clusterId, bindingsQuerySchema.parse(page)), enabled });
  const roles = useQuery({ ...rolesQuery(clusterId, rolesQuerySchema.parse(page)), enabled });
  const accounts = useQuery({
    ...subjectsQuery(clusterId, subjectsQuerySchema.parse({ ...page, kind: "ServiceAccount" })),
    enabled,
  });
  if (!enabled) return [];
  return [
    ...(bindings.data?.items ?? []).map(({ ref }) => formatRemovedObject(ref)),
    ...(roles.data?.items ?? []).map(({ ref }) => formatRemovedObject(ref)),
    ...(accounts.data?.items ?? []).map(({ subject }) => formatRemovedObject(subject)),
  ];
}
