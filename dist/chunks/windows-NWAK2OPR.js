import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-NQEEPN74.js";import"./chunk-OQDNDNFG.js";import"./chunk-HFHZAMUV.js";export{a as windowsOf};
