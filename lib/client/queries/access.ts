import { keepPreviousData, queryOptions, skipToken } from "@tanstack/react-query";
import {
  accessOptionsSchema,
  bindingDetailSchema,
  bindingsPageSchema,
  permissionsPageSchema,
  roleDetailSchema,
  rolesPageSchema,
  subjectDetailSchema,
  subjectsPageSchema,
  whoCanPageSchema,
  type BindingsQuery,
  type PermissionsQuery,
  type RolesQuery,
  type SubjectsQuery,
  type WhoCanQuery,
} from "../../contracts/access.ts";
import { accessOverviewSchema } from "../../contracts/access-overview.ts";
import { leastPrivilegeSchema, type LeastPrivilegeBody } from "../../contracts/least-privilege.ts";
import { subjectPathsSchema, type PathsQuery } from "../../contracts/paths.ts";
import { whatIfSchema, type WhatIfRequest } from "../../contracts/what-if.ts";
import { fetchJson, searchString } from "../fetch-json.ts";
import { clusterKeys, clusterPath } from "./clusters.ts";

export const accessKeys = {
  cluster: (clusterId: string) => [...clusterKeys.one(clusterId), "access"] as const, // nests under the cluster: a new scan refreshes it
  overview: (clusterId: string) => [...accessKeys.cluster(clusterId), "overview"] as const,
  subjects: (clusterId: string, query: SubjectsQuery) => [...accessKeys.cluster(clusterId), "subjects", query] as const,
  subject: (clusterId: string, subject: string) => [...accessKeys.cluster(clusterId), "subject", subject] as const,
  permissions: (clusterId: string, subject: string, query: PermissionsQuery) =>
    [...accessKeys.subject(clusterId, subject), "permissions", query] as const,
  paths: (clusterId: string, subject: string, query: PathsQuery) =>
    [...accessKeys.subject(clusterId, subject), "paths", query] as const,
  leastPrivilege: (clusterId: string, subject: string, log: string, options: LeastPrivilegeOptions) =>
    [...accessKeys.subject(clusterId, subject), "least-privilege", log, options] as const,
  whoCan: (clusterId: string, query: WhoCanQuery) => [...accessKeys.cluster(clusterId), "who-can", query] as const,
  options: (clusterId: string) => [...accessKeys.cluster(clusterId), "options"] as const,
  roles: (clusterId: string, query: RolesQuery) => [...accessKeys.cluster(clusterId), "roles", query] as const,
  role: (clusterId: string, role: RoleKey) => [...accessKeys.cluster(clusterId), "role", role] as const,
  bindings: (clusterId: string, query: BindingsQuery) => [...accessKeys.cluster(clusterId), "bindings", query] as const,
  binding: (clusterId: string, binding: BindingKey) => [...accessKeys.cluster(clusterId), "binding", binding] as const,
  whatIf: (clusterId: string, id: number) => [...accessKeys.cluster(clusterId), "what-if", id] as const,
};

export type LeastPrivilegeOptions = Pick<LeastPrivilegeBody, "names" | "scope">;
export type RoleKey = { readonly kind: string; readonly namespace: string; readonly name: string };
export type BindingKey = RoleKey;

function accessPath(clusterId: string): string {
  return `${clusterPath(clusterId)}/access`;
}

function subjectPath(clusterId: string, subject: string): string {
  return `${accessPath(clusterId)}/subjects/${encodeURIComponent(subject)}`;
}

export function accessOverviewQuery(clusterId: string) {
  return queryOptions({
    queryKey: accessKeys.overview(clusterId),
    queryFn: ({ signal }) => fetchJson(accessOverviewSchema, `${accessPath(clusterId)}/overview`, { signal }),
  });
}

export function subjectsQuery(clusterId: string, query: SubjectsQuery) {
  return queryOptions({
    queryKey: accessKeys.subjects(clusterId, query),
    queryFn: ({ signal }) =>
      fetchJson(subjectsPageSchema, `${accessPath(clusterId)}/subjects${searchString(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** CSV of exactly the filtered set; the page is no part of it. */
export function subjectsCsvPath(
  clusterId: string,
  { page: _page, pageSize: _pageSize, ...filter }: SubjectsQuery,
): string {
  return `${accessPath(clusterId)}/subjects.csv${searchString(filter)}`;
}

export function subjectQuery(clusterId: string, subject: string) {
  return queryOptions({
    queryKey: accessKeys.subject(clusterId, subject),
    queryFn: ({ signal }) => fetchJson(subjectDetailSchema, subjectPath(clusterId, subject), { signal }),
  });
}

export function permissionsQuery(clusterId: string, subject: string, query: PermissionsQuery) {
  return queryOptions({
    queryKey: accessKeys.permissions(clusterId, subject, query),
    queryFn: ({ signal }) =>
      fetchJson(permissionsPageSchema, `${subjectPath(clusterId, subject)}/permissions${searchString(query)}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function subjectPathsQuery(clusterId: string, subject: string, query: PathsQuery) {
  return queryOptions({
    queryKey: accessKeys.paths(clusterId, subject, query),
    queryFn: ({ signal }) =>
      fetchJson(subjectPathsSchema, `${subjectPath(clusterId, subject)}/paths${searchString(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** @param log  Id of the log that was read: stands for what it holds in the key. */
export function leastPrivilegeQuery(
  clusterId: string,
  subject: string,
  log: { readonly id: string; readonly used: Omit<LeastPrivilegeBody, "names" | "scope"> },
  options: LeastPrivilegeOptions,
) {
  return queryOptions({
    queryKey: accessKeys.leastPrivilege(clusterId, subject, log.id, options),
    queryFn: ({ signal }) =>
      fetchJson(leastPrivilegeSchema, `${subjectPath(clusterId, subject)}/least-privilege`, {
        method: "POST",
        body: { ...options, ...log.used },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function permissionsCsvPath(
  clusterId: string,
  subject: string,
  { page: _page, pageSize: _pageSize, ...filter }: PermissionsQuery,
): string {
  return `${accessPath(clusterId)}/permissions.csv${searchString({ subject, ...filter })}`;
}

export function whoCanQuery(clusterId: string, query: WhoCanQuery) {
  return queryOptions({
    queryKey: accessKeys.whoCan(clusterId, query),
    queryFn: ({ signal }) =>
      fetchJson(whoCanPageSchema, `${accessPath(clusterId)}/who-can${searchString(query)}`, { signal }),
    enabled: query.verb !== "" && (query.resource !== "" || query.path !== ""),
    placeholderData: keepPreviousData,
  });
}

export function whoCanCsvPath(clusterId: string, { page: _page, pageSize: _pageSize, ...filter }: WhoCanQuery): string {
  return `${accessPath(clusterId)}/who-can.csv${searchString(filter)}`;
}

export function accessOptionsQuery(clusterId: string) {
  return queryOptions({
    queryKey: accessKeys.options(clusterId),
    queryFn: ({ signal }) => fetchJson(accessOptionsSchema, `${accessPath(clusterId)}/options`, { signal }),
    staleTime: 300_000,
  });
}

export function rolesQuery(clusterId: string, query: RolesQuery) {
  return queryOptions({
    queryKey: accessKeys.roles(clusterId, query),
    queryFn: ({ signal }) =>
      fetchJson(rolesPageSchema, `${accessPath(clusterId)}/roles${searchString(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function roleQuery(clusterId: string, role: RoleKey) {
  return queryOptions({
    queryKey: accessKeys.role(clusterId, role),
    queryFn: ({ signal }) =>
      fetchJson(roleDetailSchema, `${accessPath(clusterId)}/roles/detail${searchString(role)}`, { signal }),
  });
}

export function bindingsQuery(clusterId: string, query: BindingsQuery) {
  return queryOptions({
    queryKey: accessKeys.bindings(clusterId, query),
    queryFn: ({ signal }) =>
      fetchJson(bindingsPageSchema, `${accessPath(clusterId)}/bindings${searchString(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function bindingQuery(clusterId: string, binding: BindingKey) {
  return queryOptions({
    queryKey: accessKeys.binding(clusterId, binding),
    queryFn: ({ signal }) =>
      fetchJson(bindingDetailSchema, `${accessPath(clusterId)}/bindings/detail${searchString(binding)}`, { signal }),
  });
}

/** @param asked  What is compared; its id stands for it in the key, because the text may be long. Null: nothing was asked yet. */
export function whatIfQuery(clusterId: string, asked: { readonly id: number; readonly request: WhatIfRequest } | null) {
  return queryOptions({
    queryKey: accessKeys.whatIf(clusterId, asked?.id ?? 0),
    queryFn: asked
      ? ({ signal }) =>
          fetchJson(whatIfSchema, `${accessPath(clusterId)}/what-if`, { method: "POST", body: asked.request, signal })
      : skipToken,
    placeholderData: keepPreviousData,
    // The same until the cluster is scanned again, which asks anew.
    staleTime: Number.POSITIVE_INFINITY,
  });
}
