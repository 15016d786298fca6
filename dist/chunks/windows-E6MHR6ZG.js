import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-DIMI5BFK.js";import"./chunk-BRBFGVIE.js";import"./chunk-HFHZAMUV.js";export{a as windowsOf};
