import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// Three files with fixed names: the program carries them (faces/studio/CMakeLists.txt).
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/studio.js',
        assetFileNames: 'assets/studio[extname]',
        inlineDynamicImports: true,
      },
    },
  },
});
