import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-PKVXDZ7P.js";import"./chunk-HFHZAMUV.js";export{a as certificateNames,b as presentedNames};
