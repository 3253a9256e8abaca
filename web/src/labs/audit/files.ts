/** Files out of what a reader drops or chooses; a folder is all that is in it. Nothing of them is read here. */

/** Of a folder no more are taken. */
export const MOST_FILES = 2000;

export const chosen = (files: FileList | null): readonly File[] =>
  Array.from(files ?? []).slice(0, MOST_FILES);

/** A folder tells its entries a hundred at a time, and then none. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length >= MOST_FILES) return all;
    all.push(...some);
  }
}

async function below(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (entry.isDirectory) {
    for (const one of await entriesIn(entry as FileSystemDirectoryEntry)) await below(one, found);
    return;
  }
  found.push(
    await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    ),
  );
}

/** What was dropped: files, and all that lies in folders. */
export async function dropped(transfer: DataTransfer): Promise<readonly File[]> {
  // Entries are there while the event is handled alone, so all are asked for first.
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return chosen(transfer.files);
  const found: File[] = [];
  for (const entry of entries) if (entry) await below(entry, found);
  return found;
}
