// A plain build. `npm run build` leaves dist/, which any server can hand out.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [react()], build: { modulePreload: { polyfill: false } } });
