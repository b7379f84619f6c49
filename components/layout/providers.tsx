"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { useState, type ReactNode } from "react";
import { NowProvider } from "#components/ui/now-context.tsx";
import { makeQueryClient } from "#lib/client/query-client.ts";
import { UrlState } from "./url-state.tsx";

export type ProvidersProps = {
  /** Of this request's content security policy. */
  readonly nonce: string | undefined;
  readonly initialNow: number;
  readonly children: ReactNode;
};

export function Providers({ nonce, initialNow, children }: ProvidersProps) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <CSPProvider nonce={nonce} disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <UrlState>
          <ThemeProvider
            attribute="data-theme"
            defaultTheme="system"
            enableSystem
            disableTransitionOnChange
            nonce={nonce}
          >
            <NowProvider initialNow={initialNow}>
              <Tooltip.Provider delay={450}>{children}</Tooltip.Provider>
            </NowProvider>
          </ThemeProvider>
        </UrlState>
      </QueryClientProvider>
    </CSPProvider>
  );
}
