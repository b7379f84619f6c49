"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LinkChip } from "#components/ui/chip.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { accessOptionsQuery } from "#lib/client/queries/access.ts";
import type { WhoCanQuestion } from "./use-who-can-query.ts";
import { asQuestion, resourceNames } from "./who-can-question.ts";

export type WhoCanFormProps = {
  readonly clusterId: string;
  readonly question: WhoCanQuestion;
  readonly onAsk: (question: WhoCanQuestion) => void;
};

const EXAMPLES: readonly { readonly label: string; readonly verb: string; readonly resource: string }[] = [
  { label: "read secrets", verb: "get", resource: "secrets" },
  { label: "create pods", verb: "create", resource: "pods" },
  { label: "exec into pods", verb: "create", resource: "pods/exec" },
  { label: "make tokens", verb: "create", resource: "serviceaccounts/token" },
  { label: "bind cluster roles", verb: "bind", resource: "clusterroles.rbac.authorization.k8s.io" },
  { label: "impersonate users", verb: "impersonate", resource: "users" },
];

/** The question as a sentence with blanks: who can VERB RESOURCE named NAME in NAMESPACE. */
export function WhoCanForm({ clusterId, question, onAsk }: WhoCanFormProps) {
  const { data: options } = useQuery(accessOptionsQuery(clusterId));
  const asked = JSON.stringify(question);
  const [draft, setDraft] = useState({ asked, question });
  // Another question came through the URL: it replaces what stands in the blanks.
  if (draft.asked !== asked) setDraft({ asked, question });
  const blanks = draft.question;
  const change = (part: Partial<WhoCanQuestion>) => setDraft({ asked, question: { ...blanks, ...part } });
  const byPath = blanks.path !== "" || blanks.resource.startsWith("/");
  const complete = blanks.verb !== "" && (blanks.resource !== "" || blanks.path !== "");
  return (
    <form
      className="mb-3.5 rounded-r3 border border-line bg-surface p-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onAsk(asQuestion(blanks));
      }}
    >
      <div className="flex flex-wrap items-end gap-2 max-md:grid max-md:grid-cols-2">
        <span className="flex h-[30px] items-center text-md font-medium max-md:col-span-2 max-md:h-auto">Who can</span>
        <Combobox
          label="Verb"
          mono
          value={blanks.verb}
          onValueChange={(verb) => change({ verb })}
          options={options?.verbs ?? []}
          placeholder="get"
          className="w-32 max-md:w-auto"
        />
        <Combobox
          label="Resource or /path"
          mono
          value={blanks.path === "" ? blanks.resource : blanks.path}
          onValueChange={(resource) => change({ resource, path: "" })}
          options={options ? resourceNames(options) : []}
          placeholder="secrets"
          className="w-64 max-md:w-auto"
        />
        <Combobox
          label="Name (any)"
          mono
          value={blanks.name}
          onValueChange={(name) => change({ name })}
          options={[]}
          placeholder={byPath ? "–" : "any"}
          className="w-40 max-md:w-auto"
        />
        <Combobox
          label="Namespace (all or cluster)"
          mono
          value={blanks.namespace}
          onValueChange={(namespace) => change({ namespace })}
          options={options?.namespaces ?? []}
          placeholder={byPath ? "–" : "anywhere"}
          className="w-48 max-md:w-auto"
        />
        <Button type="submit" variant="primary" disabled={!complete} className="max-md:col-span-2 max-md:h-9">
          Ask
        </Button>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-1.5 text-sm text-ink-3">
        <span className="mr-1">For example</span>
        {EXAMPLES.map((example) => (
          <LinkChip
            key={example.label}
            href={`/clusters/${clusterId}/access?${new URLSearchParams({ tab: "who-can", verb: example.verb, resource: example.resource }).toString()}`}
            current={
              question.verb === example.verb &&
              question.resource === example.resource &&
              question.namespace === "" &&
              question.name === ""
            }
          >
            {example.label}
          </LinkChip>
        ))}
      </div>
    </form>
  );
}
