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
declare module "*.safetensors?inline" {
  const address: string;
  export default address;
}
