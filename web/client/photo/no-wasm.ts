// TensorFlow.js brings `long`, which compiles a few bytes of WebAssembly where it can and does without
// where it cannot. Our rules allow none (worker and page alike): taken away first, nothing is even tried.
Reflect.deleteProperty(globalThis, 'WebAssembly')
