import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-4OVZTZJI.js";import"./chunk-HFHZAMUV.js";export{a as rootsOfFile,b as systemRoots};
