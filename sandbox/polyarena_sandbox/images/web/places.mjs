/** Where things lie, in the image and in a bundle. */
import { join } from "node:path";

export const HOME = import.meta.dirname;
export const MODULES = join(HOME, "node_modules");
export const LIBRARIES = join(HOME, "lib");
export const INDEX = join(LIBRARIES, "index.json");

/** The bundle's folder for what the build made, apart from the author's own files. */
export const MADE = "_app";
