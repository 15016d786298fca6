import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-KPMUE4EJ.js";import"./chunk-6JDB7DOF.js";import"./chunk-HFHZAMUV.js";export{a as windowsOf};
