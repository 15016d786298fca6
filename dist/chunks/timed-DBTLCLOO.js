import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-LGML4GTF.js";import"./chunk-HFHZAMUV.js";export{b as timed,a as withTimings};
