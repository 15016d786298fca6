import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-XRK2T7KU.js";import"./chunk-FJPOOLD4.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
