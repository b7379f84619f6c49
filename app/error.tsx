"use client";

import { PageError, type PageErrorProps } from "#components/layout/page-error.tsx";

export default function RootError(props: PageErrorProps) {
  return (
    <main className="px-6 pt-24">
      <PageError {...props} />
    </main>
  );
}
