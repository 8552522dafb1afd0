import type { Shown } from "./app-use";
import { say } from "./messages";

interface Started {
  host?: string;
  problem?: string;
}

interface Answer {
  host?: string;
  error?: { message?: string };
}

/** Has an app with a server started: the host that it is to be had at, or why there is none. */
export async function start(address: string, shown: Shown): Promise<Started> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(shown),
    });
    const said = (await answer.json()) as Answer;
    if (answer.ok && said.host) return { host: said.host };
    return { problem: said.error?.message ?? say("app_no_word") };
  } catch {
    return { problem: say("app_no_word") };
  }
}
