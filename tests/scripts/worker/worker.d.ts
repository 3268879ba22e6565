// The types of the service workers.

/** What the first line of the published worker says: `src/offline/mod.rs`. */
interface Kept {
  edition: string;
  whole: boolean;
  files: Record<string, string>;
  shards: string[];
}
