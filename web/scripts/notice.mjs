// What others have written and our artefacts hold, and the licences under which they do. The libraries in
// the core come from CMake (cmake/Notice.cmake), what Emscripten linked in from the linker's list, packages
// from the bundler. What has no licence text, or is nobody's that is known, ends the build.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const RULE = "=".repeat(78);

/** Code that the bundler writes itself: how its modules' names begin, and whose licence it is under. */
const HELPERS = {
  "\0rolldown/": "node_modules/rolldown",
  "\0vite/": "node_modules/vite",
  "\0@oxc-project+runtime@": "node_modules/@oxc-project/types",
};

/** The folder of the package that a bundle's module is of, from the root on; none for our own. */
export function packageOf(id, root) {
  const helper = Object.keys(HELPERS).find((start) => id.startsWith(start));
  if (helper) return HELPERS[helper];
  if (id.startsWith("\0virtual:initscope-")) return undefined;
  const path = relative(root, id).replaceAll("\\", "/");
  if (id.startsWith("\0") || path.startsWith(".."))
    throw new Error(`a bundle holds ${JSON.stringify(id)}, and nobody knows whose that is`);
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** A plugin of the bundler that adds the folders of the packages whose code is in its output. */
export const collect = (folders, root) => ({
  name: "initscope-notice",
  generateBundle: (_, bundle) => {
    for (const { type, modules } of Object.values(bundle))
      for (const [id, { renderedLength }] of Object.entries(type === "chunk" ? modules : {})) {
        const folder = renderedLength > 0 ? packageOf(id, root) : undefined;
        if (folder) folders.add(folder);
      }
  },
});

/** A package's own licence files; of what it says of its dependencies' code, which is not in ours, nothing. */
function licenceOf(folder) {
  const names = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)\b/i.test(file));
  const texts = names.sort().map((file) => readFileSync(join(folder, file), "utf8"));
  const text = texts.map((each) => each.split(/^# Licenses of bundled/m)[0].trim()).join("\n\n");
  if (!text) throw new Error(`${folder} has no licence text, and may not be in what we give on`);
  return text;
}

/** Of packages, by their folders: versions are those of the lock file. Equal texts are there once. */
export function sectionsOf(folders, root) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { version } = lock[folder] ?? {};
    if (!version) throw new Error(`${folder} is in a bundle and not in package-lock.json`);
    const text = licenceOf(join(root, folder));
    const name = folder.replace(/^.*node_modules\//, "");
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...byText].map(([text, names]) => ({ heading: names.join("\n"), text }));
}

/** Paragraphs of a file in Debian's machine-readable form: its fields, with the marks of lines taken away. */
function paragraphsOf(copyright) {
  return copyright.split(/\n\s*\n/).map((paragraph) =>
    Object.fromEntries(
      paragraph
        .split(/\n(?=\S)/)
        .map((field) => /^([\w-]+):\s*([^]*)$/.exec(field)?.slice(1) ?? [field, ""])
        .map(([name, value]) => [name, value.replace(/^ \.$/gm, "").replace(/^ /gm, "").trim()]),
    ),
  );
}

/** What Debian's copyright file of Emscripten says of folders, and the text of a licence that it names. */
function inDebian(copyright, folders, licence) {
  const paragraphs = paragraphsOf(copyright);
  const named = paragraphs.find(
    ({ Files, License, Reference }) =>
      !Files && License?.split("\n")[0] === licence && (Reference || License.includes("\n")),
  );
  const about = folders.map((folder) => paragraphs.find(({ Files }) => Files === folder));
  if (!named || about.includes(undefined))
    throw new Error(`Debian's copyright file of Emscripten lacks ${licence} or ${folders}`);
  const text = named.Reference ? readFileSync(named.Reference, "utf8") : named.License;
  return [
    ...about.map(({ Files, Copyright }) => `${Files}\nCopyright: ${Copyright}`),
    about[0].License,
    text,
  ].join("\n\n");
}

const DEBIAN = "/usr/share/doc/emscripten/copyright";
const inFolder = (path) => (root) => readFileSync(join(root, path), "utf8");
/** A licence in Emscripten's own folder or, as Debian leaves those files out, in Debian's words. */
const either = (path, folders, licence) => (root) =>
  existsSync(join(root, path))
    ? inFolder(path)(root)
    : inDebian(readFileSync(DEBIAN, "utf8"), folders, licence);

/** What Emscripten may link in: the libraries by the names that they have there. */
const RUNTIME = [
  {
    heading: (version) => `Emscripten ${version}\nhttps://emscripten.org`,
    libraries: ["embind", "emmalloc", "noexit"],
    text: either("LICENSE", ["*"], "Expat"),
  },
  {
    heading: () => "musl, Emscripten's C library\nhttps://musl.libc.org",
    libraries: ["c"],
    text: inFolder("system/lib/libc/musl/COPYRIGHT"),
  },
  {
    heading: () => "libc++, libc++abi, compiler-rt, of LLVM\nhttps://llvm.org",
    libraries: ["c++", "c++abi", "compiler_rt"],
    text: either(
      "system/lib/libcxx/LICENSE.TXT",
      ["libcxx", "libcxxabi", "compiler-rt"].map((folder) => `system/lib/${folder}/*`),
      "Apache-2.0",
    ),
  },
];

/** Names of the system's libraries in a list of what the linker took: `c++` for .../libc++-noexcept.a(new.o). */
export const librariesIn = (linked) => [
  ...new Set(
    [...linked.matchAll(/wasm32-emscripten\/(?:\w+\/)*lib([\w+]+)[\w-]*\.a\(/g)].map(
      ([, name]) => name,
    ),
  ),
];

/** Of Emscripten's runtime, as far as it is linked in. `emscripten` is its folder and its version. */
export function runtimeSections(linked, { root, version }) {
  const libraries = librariesIn(linked);
  const unknown = libraries.filter(
    (name) => !RUNTIME.some((part) => part.libraries.includes(name)),
  );
  if (unknown.length || !libraries.length)
    throw new Error(
      `the module holds libraries of unknown licence: ${unknown.join(", ") || "none"}`,
    );
  return RUNTIME.filter((part) => part.libraries.some((name) => libraries.includes(name))).map(
    ({ heading, text }) => ({ heading: heading(version), text: text(root) }),
  );
}

/** The whole notice: CMake's of the core, then what else there is. */
export const noticeOf = (core, sections) =>
  [
    core.trimEnd(),
    ...sections.map(({ heading, text }) => `${RULE}\n${heading}\n${RULE}\n\n${text.trim()}`),
  ].join("\n\n") + "\n";

/** The notice of what was built below `root`, with the packages in these folders in it. */
export function noticeOfBuild(folders, root) {
  const wasm = (file) => {
    const path = join(root, "build/wasm", file);
    if (!existsSync(path)) throw new Error(`no ${path}: CMake says which licence it did not find`);
    return readFileSync(path, "utf8");
  };
  const emscripten = JSON.parse(wasm("wasm/emscripten.json"));
  const runtime = runtimeSections(wasm("wasm/whole/linked.txt"), emscripten);
  return noticeOf(wasm("NOTICE.txt"), [...runtime, ...sectionsOf(new Set(folders), root)]);
}

/** The lines of a notice's headings. */
export const headingsOf = (notice) =>
  notice
    .split(`${RULE}\n`)
    .filter((_, i) => i % 2 === 1)
    .flatMap((heading) => heading.trim().split("\n"));
