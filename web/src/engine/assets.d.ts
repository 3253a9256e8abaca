declare module "@wasm/*.wasm?url" {
  const url: string;
  export default url;
}
declare module "@worker/*.js?url" {
  const url: string;
  export default url;
}
declare module "@worker/*.js?raw" {
  const source: string;
  export default source;
}
declare module "virtual:initscope-wasm" {
  export const first: string;
  export const deferred: string;
}
declare module "virtual:initscope-examples" {
  /** Base64 by the name of the checkpoint. */
  export const examples: Readonly<Record<string, string>>;
}
