update reports set source = 'voice' where source = 'import';
